// Papers like this one
//
// Papers that share the most concepts with a paper; of equals, the one that shares the rarest concept first.
// Generic concepts (accuracy, neural network) do not count.
//
// ? papers similar to {paper}
// ? papers like {paper}
// ? find papers related to {paper}
// ? what else should i read after {paper}
// ? which papers resemble {paper}
// ? more like {paper}
// ? related work of {paper}
// ? which papers are closest to {paper}
// ? nearest neighbours of {paper}
// ? papers close to {paper}
// ? recommend papers like {paper}
// ? i liked {paper} what else is there
// ? what other papers are like {paper}
// ? papers on the same subject as {paper}
// ? {limit} papers near {paper}
//
// $paper (paper) = "arxiv:0003.00003": key, id, DOI, arXiv id or title of the paper
// $limit (integer) = 20: most rows to give
MATCH (p:Paper) WHERE p.id = $paper OR p.key = $paper OR p.title = $paper
MATCH (p)-[:MENTIONS]->(c:Method|Task|Dataset|Metric)
MATCH (o:Paper)-[:MENTIONS]->(c)
WHERE o.id <> p.id AND NOT coalesce(c.generic, false)
RETURN o.title AS title, o.year AS year, count(c.id) AS shared, min(c.papers) AS rarest, o.key AS key, o.id AS paper
ORDER BY shared DESC, rarest, paper
LIMIT $limit
