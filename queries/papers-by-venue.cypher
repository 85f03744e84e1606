// Papers of a venue
//
// Papers that appeared in a journal, conference or series whose name contains the given one, the newest first.
//
// ? papers from {venue}
// ? papers published at {venue}
// ? which papers appeared in {venue}
// ? {venue} papers
// ? what was presented at {venue}
// ? articles in the journal {venue}
// ? which papers are from {venue}
// ? papers accepted at the conference {venue}
// ? articles at {venue}
// ? what did {venue} publish
// ? all of {venue}
// ? list {venue} papers
//
// $venue (venue) = "ICLR": name of the venue or a part of it; capitals do not matter
// $limit (integer) = 100: largest number of rows
MATCH (p:Paper)
WHERE toLower(p.venue) CONTAINS toLower($venue)
RETURN p.title AS title, p.year AS year, p.venue AS venue, p.authors AS authors, p.key AS key, p.id AS paper
ORDER BY coalesce(year, 0) DESC, paper
LIMIT $limit
