using UAmtfl.LinearModels;
using UAmtfl.Reporting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

/// <summary>Iterative solvers run until more rounds change nothing, or report how far they got.</summary>
public sealed class CertificateTests
{
    private static readonly int[] Rows = [20, 35, 25, 40, 30, 22, 28, 31, 26, 24, 33, 21];

    /// <summary>The penalties are small, because there plain alternation takes thousands of rounds.</summary>
    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.01, 0.01)]
    [InlineData(0.001, 0.001)]
    [InlineData(0.0001, 0.01)]
    [InlineData(0.05, 0.0001)]
    public void GoMtlGetsToWhereMoreRoundsChangeNothing(double mu, double lambda)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 10, 3, 0.5, 170);
        var fit = GoMtl.Fit(problem, 4, mu, lambda);
        Assert.True(fit.Certificate.Converged, fit.Certificate.Problem);
        Assert.Null(fit.Certificate.Problem);
        var more = GoMtl.Fit(problem, 4, mu, lambda, rounds: 6000, tolerance: 1e-9);
        Assert.InRange(more.Objective[^1], fit.Objective[^1] * (1 - 1e-4), fit.Objective[^1] * (1 + 1e-12));
    }

    [Theory]
    [InlineData(0.1, 0.5, true)]
    [InlineData(0.01, 0.1, true)]
    [InlineData(0.01, 0.1, false)]
    [InlineData(0.001, 1, false)]
    public void AmtlGetsToWhereMoreRoundsChangeNothing(double alpha, double gamma, bool nonNegative)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 10, 3, 0.5, 171);
        var fit = UAmtfl.LinearModels.Amtl.Fit(problem, alpha, gamma, nonNegative);
        Assert.True(fit.Certificate.Converged, fit.Certificate.Problem);
        var more = UAmtfl.LinearModels.Amtl.Fit(problem, alpha, gamma, nonNegative, rounds: 400, tolerance: 1e-9);
        Assert.InRange(more.Objective[^1], fit.Objective[^1] * (1 - 1e-4), fit.Objective[^1] * (1 + 1e-12));
    }

    [Fact]
    public void WhatStopsShortSaysSo()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 10, 3, 0.5, 172);
        var goMtl = GoMtl.Fit(problem, 4, 0.001, 0.001, rounds: 3);
        Assert.False(goMtl.Certificate.Converged);
        Assert.StartsWith("stopped after 3 rounds with an optimality gap of ", goMtl.Certificate.Problem, StringComparison.Ordinal);
        Assert.EndsWith(", above the tolerance 1.0e-6", goMtl.Certificate.Problem, StringComparison.Ordinal);
        Assert.False(UAmtfl.LinearModels.Amtl.Fit(problem, 0.01, 0.1, rounds: 1).Certificate.Converged);
        // There is no minimum, because with one penalty at 0 the other can be made as small as one likes by scaling.
        Assert.False(GoMtl.Fit(problem, 4, 0.1, 0, rounds: 50).Certificate.Converged);
    }

    [Fact]
    public void TheReportSaysSo()
    {
        var cells = new[] { 1, 2 }
            .Select(seed => SampleRuns.Cell("Bases", seed, [[0, 1], [1, 1]]) with { Certificate = new(2e-3, 1e-6, 2000, "rounds") })
            .Append(SampleRuns.Cell("Stl", 1, [[0, 1], [0, 1]]) with { Certificate = new(1e-7, 1e-6, 20, "rounds") }).ToList();
        var report = Report.From(
            SampleRuns.Run(
                [
                    SampleRuns.Variant("Stl", UAmtfl.Descriptors.VariantRole.Baseline),
                    SampleRuns.Variant("Bases", UAmtfl.Descriptors.VariantRole.Method),
                ],
                cells));
        Assert.Equal(["Bases", "Bases"], report.Unconverged.Select(c => c.Variant));
        var text = MarkdownReport.Text(report);
        Assert.Contains(
            "Warning: the solver of Bases stopped after 2000 rounds with an optimality gap of 2.0e-3, "
                + "above the tolerance 1.0e-6 (seed 1, 2)",
            text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("solver of Stl", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheResultSaysSo()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 4, 2, 0.5, 173);
        var fit = Solve.GoMtl(new(problem, 1), 2, 0.01, 0.01);
        Assert.True(fit.Certificate!.Converged);
        Assert.True(Solve.Amtl(new(problem, 1), 0.1, 0.1, nonNegative: true).Certificate!.Converged);
        Assert.InRange(Solve.Penalised(new(problem, 1), new UAmtfl.Penalties.TraceNorm(0.1), 1e-8).Certificate!.Gap, 0, 1e-8);
    }
}
