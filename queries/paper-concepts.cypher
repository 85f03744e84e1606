// Concepts of one paper
//
// What a paper mentions, how often and in which forms, and whether it is mainly about it or introduces it.
//
// ? which concepts are mentioned in {paper}
// ? what is {paper} about
// ? concepts in {paper}
// ? topics of {paper}
// ? which methods and datasets does {paper} mention
// ? which methods does {paper} mention
// ? what does {paper} deal with
// ? which datasets are named in {paper}
// ? key terms of {paper}
// ? what does {paper} introduce
// ? topics covered by {paper}
// ? what methods and data does {paper} use
// ? which tasks does {paper} treat
// ? what are the subjects of {paper}
//
// $paper (paper) = "arxiv:0003.00003": key, id, DOI, arXiv id or title of the paper
MATCH (p:Paper) WHERE p.id = $paper OR p.key = $paper OR p.title = $paper
MATCH (p)-[r:MENTIONS]->(c:Method|Task|Dataset|Metric)
RETURN c.name AS concept, c.id AS id, r.count AS mentions, r.surface AS forms,
       EXISTS { MATCH (p)-[:ABOUT]->(c) } AS about, EXISTS { MATCH (p)-[:INTRODUCES]->(c) } AS introduces
ORDER BY mentions DESC, concept, id
