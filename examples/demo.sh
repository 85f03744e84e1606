#!/bin/sh
# demo.sh KG OUT: build a graph from the examples, ask it three questions, export, draw and publish it.
set -eu
kg=$1
out=$2
mkdir -p "$out"
say() { printf "\n$ %s\n" "$*"; }

say kg build examples --store "$out/graph"
"$kg" build examples --store "$out/graph"
say kg query leaderboard -p dataset=ImageNet
"$kg" query leaderboard -p dataset=ImageNet --store "$out/graph"
say kg query beaten-by -p method=BERT
"$kg" query beaten-by -p method=BERT --store "$out/graph"
say "kg query methods-for-task -p task='question answering'"
"$kg" query methods-for-task -p task="question answering" --store "$out/graph"
say kg export graph.ttl
"$kg" export "$out/graph.ttl" --store "$out/graph"
say kg view graph.html
"$kg" view "$out/graph.html" --store "$out/graph"
say kg report "'question answering'" -o report.html
"$kg" report "question answering" --store "$out/graph" -o "$out/report.html"
say kg site site
"$kg" site "$out/site" --store "$out/graph"
printf '\nIn %s: graph.ttl is the graph as RDF; open site/index.html, graph.html and report.html in a browser.\n' "$out"
