namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the number of parameters of each variant and the time that it trains.</summary>
internal static class CostSection
{
    public static Section? Of(Report report)
    {
        if (report.Variants.All(v => v.Info.Size is null))
        {
            return null;
        }

        return new Section(
            "Cost",
            [
                new Table(
                    ["variant", "parameters", "in heads", "seconds", "seconds an epoch"],
                    1,
                    [.. report.Variants.Select(v => new Row(
                        v.Info.Name,
                        Cell.Of(v.Info.Size?.Parameters ?? double.NaN, "#,0"),
                        Cell.Of(v.Info.Size?.Heads ?? double.NaN, "#,0"),
                        Cell.Of(v.Seconds, "0.0"),
                        Cell.Of(v.EpochSeconds, "0.000")))]),
            ],
            [
                "Parameters that are in no head are in the trunk, or are a transfer between tasks or learnt uncertainties.",
                "Seconds are those of a training with one seed, all points of its grid together, and the median of its epochs, with what "
                    + "is evaluated after each; means over seeds. They depend on what else the machine did, other workers included.",
            ]);
    }
}
