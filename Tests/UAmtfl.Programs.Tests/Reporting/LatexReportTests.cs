using UAmtfl.Descriptors;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

/// <summary>The tables in LaTeX have the numbers and the emphasis of those in Markdown, and no character that LaTeX would
/// interpret.</summary>
public sealed class LatexReportTests
{
    [Theory]
    [InlineData("100 % of A_B & C#", @"100 \% of A\_B \& C\#")]
    [InlineData(@"$x^2$ {a\b} ~", @"\$x\textasciicircum{}2\$ \{a\textbackslash{}b\} \textasciitilde{}")]
    [InlineData("−0.45 ± 0.20 – σ Δ ↑ R²", @"$-$0.45 $\pm$ 0.20 -- $\sigma$ $\Delta$ $\uparrow$ R$^2$")]
    [InlineData("a<b>c|d \"e\" `f'", @"a$<$b$>$c$|$d ''e'' \`{}f'")]
    [InlineData("a---b-c", "a-{}-{}-b-c")]
    [InlineData("Müller, Gödel, Łoś, Žižek, ß", @"M\""{u}ller, G\""{o}del, \L{}o\'{s}, \v{Z}i\v{z}ek, \ss{}")]
    [InlineData("中 😀\nx", "[U+4E2D] [U+1F600] x")]
    [InlineData("", "")]
    public void EveryCharacterIsPrintedAsItIs(string text, string latex) => Assert.Equal(latex, LatexText.Of(text));

    [Fact]
    public void ASmallRun()
    {
        static float[][] Rows(int a, int b) => [.. Enumerable.Range(0, 40).Select(r => new[] { r < a ? 1f : 0f, r < b ? 1f : 0f })];
        var run = SampleRuns.Run(
            [SampleRuns.Variant("[Base]", VariantRole.Baseline), SampleRuns.Variant("My_Own", VariantRole.Proposed)],
            [SampleRuns.Cell("[Base]", 0, Rows(10, 10)), SampleRuns.Cell("My_Own", 0, Rows(30, 8))]);
        Assert.Equal(
            """
            % The preamble needs \usepackage{booktabs}.
            \begin{table}
              \centering
              \footnotesize
              \setlength{\tabcolsep}{4pt}
              \caption{A run made by hand. Data set rows\_40, seed 0. Mean error \%: mean $\pm$ sample standard
                deviation over the runs, one run a seed; lower is better. NT (negative transfer): how many
                of the 2 tasks are worse than with [Base]: in the mean over seeds; in each run, seed by
                seed; and with the whole 95 \% interval above 0.}
              \label{tab:tiny}
              \begin{tabular}{lrrrrr}
                \toprule
                variant & mean error \% & runs & NT on the mean & NT per run & NT beyond 95 \% \\
                \midrule
                {}[Base] & 25.00 & 1 & baseline & -- & -- \\
                \textbf{My\_Own} & 47.50 & 1 & 1 & 1 & 1 \\
                \bottomrule
              \end{tabular}
            \end{table}

            \begin{table}
              \centering
              \footnotesize
              \setlength{\tabcolsep}{4pt}
              \caption{The tasks of tiny. Data set rows\_40, seed 0. Error \%, mean over seeds, lower is better;
                in brackets the difference from [Base]: above 0 is negative transfer, and * marks a 95 \%
                interval that excludes 0.}
              \label{tab:tiny-tasks}
              \begin{tabular}{lrrr}
                \toprule
                task & test rows & [Base] & My\_Own \\
                \midrule
                T0 & 40 & 25.00 & \textbf{75.00 (+50.00*)} \\
                T1 & 40 & 25.00 & 20.00 ($-$5.00) \\
                \bottomrule
              \end{tabular}
            \end{table}

            """.ReplaceLineEndings("\n"),
            LatexReport.Text(Report.From(run), "rows_40"));
    }

    /// <summary>The tables of ten tasks and seven variants are wider than a page, so that LaTeX has them in blocks.</summary>
    [Fact]
    public void TheCellsAreThoseOfTheMarkdown()
    {
        var report = Report.From(SampleRuns.Mnist());
        var markdown = Markdown(MarkdownReport.Text(report));
        var latex = Latex(LatexReport.Text(report, "mnist"));
        Assert.Equal(19, markdown.Count);
        Assert.Equal(markdown.Keys.Order(), latex.Keys.Order());
        Assert.All(markdown, row => Assert.Equal(row.Value, latex[row.Key]));
    }

    [Fact]
    public void HeadingsOfAWideTableAreBrokenIntoLines() => Assert.Contains(
        @" & runs & \shortstack[r]{NT on\\{}the mean} & \shortstack[r]{NT\\{}per\\{}run} & ",
        LatexReport.Text(Report.From(ScoredRuns.Mixed()), "mixed"),
        StringComparison.Ordinal);

    /// <summary>Returns the cells of the tables of variants and of tasks, without the compositions, by the first cell of their
    /// row.</summary>
    private static Dictionary<string, List<string>> Markdown(string text)
    {
        var sections = text.Split("\n## ");
        Assert.StartsWith("Results", sections[1], StringComparison.Ordinal);
        Assert.StartsWith("Tasks", sections[2], StringComparison.Ordinal);
        return sections[1..3]
            .SelectMany((section, i) => section.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))
                .Select(l => l[2..^2].Split(" | "))
                .Where(cells => cells[0] != "*Controls*")
                .Select(cells => (Name: cells[0], Others: cells[(i == 0 ? 2 : 1)..])))
            .ToDictionary(row => row.Name, row => row.Others.Select(c => c.Replace("\\*", "*")).ToList());
    }

    private static Dictionary<string, List<string>> Latex(string text) => text.Split('\n')
        .Where(l => l.EndsWith(@" \\", StringComparison.Ordinal) && l.Contains(" & ", StringComparison.Ordinal))
        .Select(l => l.Trim()[..^3].Split(" & ").Select(Plain).ToList())
        .GroupBy(cells => cells[0])
        .ToDictionary(rows => rows.Key, rows => rows.SelectMany(cells => cells[1..]).ToList());

    private static string Plain(string cell)
    {
        var plain = cell.Replace("$-$", "−").Replace(@"$\pm$", "±").Replace("--", "–").Replace(@"\%", "%");
        return plain.StartsWith(@"\textbf{", StringComparison.Ordinal) ? $"**{plain[8..^1]}**" : plain;
    }
}
