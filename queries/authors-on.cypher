// Who works on a concept
//
// Authors by the number of their papers that mention a concept, or one that is a kind of it by its name.
//
// ? who has written about {concept}
// ? who wrote papers about {concept}
// ? who does research on {concept}
// ? which authors published on {concept}
// ? who works on {concept}
// ? who publishes on {concept}
// ? people who write about {concept}
// ? authors who write about {concept}
// ? which researchers work on {concept}
// ? people working on {concept}
// ? most active authors in {concept}
// ? who are the experts on {concept}
// ? which authors have written most papers about {concept}
// ? names of scientists in the field of {concept}
// ? who studies {concept}
// ? which authors have several papers on {concept}
// ? names of people that study {concept}
// ? specialists in {concept}
// ? who has published most on {concept}
//
// $concept (concept) = "Transformer": name or id of the concept
// $limit (integer) = 50: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (n:Method|Task|Dataset|Metric)-[:NARROWER_THAN*0..1]->(c)
MATCH (p:Paper)-[:MENTIONS]->(n)
WITH DISTINCT p
UNWIND p.authors AS author
RETURN author, count(DISTINCT p.id) AS papers, min(p.year) AS first_year, max(p.year) AS latest_year
ORDER BY papers DESC, author
LIMIT $limit
