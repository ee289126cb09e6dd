#!/bin/sh
# Puts a bundle together in the build tree: bundle.sh FOLDER STAMP FILE…
set -e
folder=$1
stamp=$2
shift 2
mkdir -p "$folder"
for file; do
	name=$(basename "$file")
	# Written beside and renamed: a running app keeps the module that it has mapped.
	cp "$file" "$folder/.$name.new"
	mv "$folder/.$name.new" "$folder/$name"
done
: > "$stamp"
