# Writes testkit/fixtures/statistics/r.json: what R makes of a grid, that src/statistics is held against.
# Base R alone; made with R 4.2.2:
#
#     Rscript testkit/statistics/make_fixtures.R testkit/fixtures/statistics/r.json

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
list_of <- function(xs) paste0("[", paste(xs, collapse = ","), "]")
row <- function(...) list_of(number(c(...)))

# [t, freedom, P(|T| >= t)], t = 40 at 30 degrees among them.
student <- c()
for (v in c(1, 2, 3, 4.5, 9, 30, 120, 1e4)) for (t in c(0, 1e-6, 0.5, 1, 2.5, 6, 40, 500)) {
  tail <- 2 * pt(-t, v)
  if (tail > 1e-290) student <- c(student, row(t, v, tail))
}

# [alpha, freedom, critical t].
critical <- c()
for (v in c(1, 2, 3, 7.3, 29, 1000)) for (alpha in c(0.05, 0.05 / 3, 0.001, 1e-6))
  critical <- c(critical, row(alpha, v, qt(1 - alpha / 2, v)))

# [x, P(X > x)] of a normal X.
normal <- sapply(c(-5, -1, 0, 0.7, 2, 4, 8, 15, 30), function(x) row(x, pnorm(x, lower.tail = FALSE)))

# Tests of two samples: paired and Welch's.
samples <- list(
  list(c(2.95, 3.01, 2.86), c(3.56, 3.49, 3.62)),
  list(c(1.1, 0.89, 0.98), c(1.04, 1.16, 1.16)),
  list(c(15.52, 20.99, 26.1), c(1.65, 1.2, 1.5)),
  list(c(14.02, 15.17, 15.22, 14.8, 15.1), c(11.33, 11.27, 11.2, 11.31, 11.24)),
  list(40 + sin(1:31), cos(1:31)),
  list(c(1e9 + 1, 1e9 + 2, 1e9 + 4), c(1e9, 1e9 + 3, 1e9 + 1)),
  list(c(1e-9, 3e-9), c(5e-9, 2e-9))
)
differences <- c()
for (pair in samples) for (paired in c(TRUE, FALSE)) {
  found <- t.test(pair[[1]], pair[[2]], paired = paired)
  differences <- c(differences, sprintf(
    '{"test":"%s","left":%s,"right":%s,"freedom":%s,"halfWidth":%s,"probability":%s}',
    ifelse(paired, "paired", "welch"), row(pair[[1]]), row(pair[[2]]),
    number(found$parameter), number(diff(found$conf.int) / 2), number(found$p.value)
  ))
}

# [p-values], [Holm's].
families <- list(c(0.01, 0.04, 0.03), c(0.5, 0.5, 1e-12, 0.02), c(0.9, 1), c(0.02), c(0, 0.05, 0.05, 0.049))
holm <- sapply(families, function(p) list_of(c(row(p), row(p.adjust(p, "holm")))))

# [difference in deviations, count, level, power], and [difference, level, fewest seeds for 0.8].
powers <- c()
for (d in c(0.2, 1, 2.5)) for (n in c(3, 5, 12, 60)) for (level in c(0.05, 0.01))
  powers <- c(powers, row(d, n, level, power.t.test(
    n, d, 1, level, type = "one.sample", strict = TRUE
  )$power))
seeds <- c()
for (d in c(0.1, 0.35, 0.8, 1.5)) for (level in c(0.05, 0.01))
  seeds <- c(seeds, row(d, level, ceiling(power.t.test(
    delta = d, sd = 1, sig.level = level, power = 0.8, type = "one.sample", strict = TRUE
  )$n)))

# [hits, count, low, high] of Wilson's interval.
shares <- c()
for (n in c(1, 4, 24, 1000)) for (hits in unique(round(n * c(0, 0.25, 0.9, 1)))) {
  interval <- suppressWarnings(prop.test(hits, n, correct = FALSE))$conf.int
  shares <- c(shares, row(hits, n, interval[1], interval[2]))
}

# [only left, only right, exact p] of McNemar's test.
mcnemar <- c()
for (pair in list(c(3, 9), c(0, 1), c(0, 12), c(50, 71), c(20, 20)))
  mcnemar <- c(mcnemar, row(pair, binom.test(pair[1], sum(pair))$p.value))

# [values], [levels], eta squared by aov.
etas <- c()
for (levels in list(c(1, 1, 2, 2, 3, 3), c(1, 2, 1, 2, 1, 2), c(1, 1, 1, 1, 1, 2))) {
  values <- c(3, 1, 4, 1, 5, 9)
  squares <- summary(aov(values ~ factor(levels)))[[1]][["Sum Sq"]]
  etas <- c(etas, list_of(c(row(values), row(levels), number(squares[1] / sum(squares)))))
}

entry <- function(name, rows) sprintf('"%s":%s', name, list_of(rows))
target <- commandArgs(trailingOnly = TRUE)[1]
writeLines(paste0("{", paste(c(
  entry("student", student), entry("critical", critical), entry("normal", normal),
  entry("differences", differences), entry("holm", holm), entry("powers", powers),
  entry("seeds", seeds), entry("shares", shares), entry("mcnemar", mcnemar), entry("etas", etas)
), collapse = ",\n"), "}"), target)
