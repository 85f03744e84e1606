// Papers by an author
//
// Papers with an author of that name, the newest first. A surname alone gives all authors who have it.
//
// ? papers by {author}
// ? what has {author} published
// ? which papers did {author} write
// ? publications of {author}
// ? articles written by {author}
// ? what did {author} work on
// ? works of {author}
// ? list everything by {author}
// ? papers coauthored by {author}
// ? papers with {author} as an author
// ? which papers are from {author}
// ? anything by {author}
// ? what did {author} publish
// ? {author} papers
// ? which papers has {author} authored
// ? find {author}
//
// $author (author) = "Ada Lovelace": name as printed, or surname; capitals do not matter
// $limit (integer) = 100: largest number of rows
MATCH (p:Paper)
UNWIND p.authors AS author
WITH p, author
WHERE toLower(author) = toLower($author) OR toLower(author) ENDS WITH (' ' + toLower($author))
RETURN author, p.title AS title, p.year AS year, p.venue AS venue, p.key AS key, p.id AS paper
ORDER BY coalesce(year, 0) DESC, author, paper
LIMIT $limit
