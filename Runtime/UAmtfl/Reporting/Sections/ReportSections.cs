namespace UAmtfl.Reporting.Sections;

/// <summary>The whole report as sections: the console and the Markdown file say the same in the same order.</summary>
internal static class ReportSections
{
    public static IReadOnlyList<Section> Of(Report report)
    {
        var format = new ErrorFormat(report);
        Section?[] sections =
        [
            OverviewSection.Of(report, format),
            TaskSection.Of(report, format),
            TransferSection.Of(report, format),
            ComparisonSection.Of(report, format),
            report.Facts.Count == 0 ? null : new Section("Run", [], report.Facts, []),
        ];
        return [.. sections.OfType<Section>()];
    }
}
