// Reads an exported log with the code others wrote for such logs: golang.org/x/mod/sumdb/note and tlog.
// Usage: main FOLDER KEY PROOF.json OLD-CHECKPOINT CONSISTENCY.json
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proofDocument struct {
	Checkpoint string
	Acts       []struct {
		Index  int64
		Entry  string
		Hashes []string
	}
}

// tiles reads hash tiles from the folder. The path has no height in it, as C2SP spells it.
type tiles struct{ folder string }

func (t tiles) Height() int { return 8 }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(t.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func main() {
	folder, key := os.Args[1], os.Args[2]
	tree, unverified := open(read(filepath.Join(folder, "checkpoint")), key)
	hashes := tlog.TileHashReader(tree, tiles{folder})
	root, err := tlog.TreeHash(tree.N, hashes)
	check(err)
	if root != tree.Hash {
		fail("the tiles do not give the root")
	}
	for index, entry := range entries(folder, tree.N) {
		proof, err := tlog.ProveRecord(tree.N, int64(index), hashes)
		check(err)
		check(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), tlog.RecordHash(entry)))
	}
	proven := checkProof(read(os.Args[3]), key)
	old, _ := open(read(os.Args[4]), key)
	var path []string
	check(json.Unmarshal(read(os.Args[5]), &path))
	check(tlog.CheckTree(decode(path), tree.N, tree.Hash, old.N, old.Hash))
	fmt.Printf("%d entries, %d proven, continues %d, %d other signatures\n", tree.N, proven, old.N, unverified)
}

func open(content []byte, key string) (tlog.Tree, int) {
	verifier, err := note.NewVerifier(key)
	check(err)
	opened, err := note.Open(content, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, len(opened.UnverifiedSigs)
}

func entries(folder string, size int64) [][]byte {
	var all [][]byte
	for index := int64(0); index*256 < size; index++ {
		tile := tlog.Tile{H: 8, L: 0, N: index, W: 256}
		if size-index*256 < 256 {
			tile.W = int(size - index*256)
		}
		bundle := read(filepath.Join(folder, strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)))
		for len(bundle) > 0 {
			length := int(bundle[0])<<8 | int(bundle[1])
			all = append(all, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	if int64(len(all)) != size {
		fail("the bundles do not hold every entry")
	}
	return all
}

func checkProof(content []byte, key string) int {
	var document proofDocument
	check(json.Unmarshal(content, &document))
	tree, _ := open([]byte(document.Checkpoint), key)
	for _, act := range document.Acts {
		leaf := tlog.RecordHash([]byte(act.Entry))
		check(tlog.CheckRecord(tlog.RecordProof(decode(act.Hashes)), tree.N, tree.Hash, act.Index, leaf))
	}
	return len(document.Acts)
}

func decode(texts []string) []tlog.Hash {
	var hashes []tlog.Hash
	for _, text := range texts {
		bytes, err := base64.StdEncoding.DecodeString(text)
		check(err)
		var hash tlog.Hash
		copy(hash[:], bytes)
		hashes = append(hashes, hash)
	}
	return hashes
}

func read(file string) []byte {
	content, err := os.ReadFile(file)
	check(err)
	return content
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(because string) {
	fmt.Fprintln(os.Stderr, because)
	os.Exit(1)
}
