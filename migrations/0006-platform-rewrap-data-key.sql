grant update (wrapped) on platform.data_key to tongban_app;
