grant update (id_card_index) on cases.named to tongban_app;
