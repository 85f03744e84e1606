// Chains by which a method is beaten
//
// Chains of two claims: one method beats another, and that beats the method asked for. Both sentences are given.
//
// ? which method beats a method that beats {method}
// ? what beats the methods that beat {method}
// ? chains of two claims by which {method} is beaten
// ? two steps of being better than {method}
// ? winners over the winners over {method}
// ? who outperforms those that outperform {method}
//
// $method (method) = "BiDAF": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (v:Method)-[r:OUTPERFORMS]->(m)
WITH m, v, r // without this the embedded engine loses rows where v beats m in several papers
MATCH (w:Method)-[q:OUTPERFORMS]->(v)
WHERE w.id <> m.id AND v.id <> m.id
WITH m, v, w, q, r
MATCH (p:Paper) WHERE p.id = q.paper
MATCH (o:Paper) WHERE o.id = r.paper
RETURN w.name AS best, v.name AS better, m.name AS method, q.sentence AS first_sentence, p.title AS first_title,
       p.key AS first_key, r.sentence AS second_sentence, o.title AS second_title, o.key AS second_key,
       p.id AS first_paper, o.id AS second_paper, w.id AS id, v.id AS via
ORDER BY best, better, first_paper, second_paper, id, via
LIMIT $limit
