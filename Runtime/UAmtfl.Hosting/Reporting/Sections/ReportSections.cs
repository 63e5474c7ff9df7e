namespace UAmtfl.Reporting.Sections;

/// <summary>Builds the sections of a report, which the console and the Markdown file show in the same order.</summary>
internal static class ReportSections
{
    public static IReadOnlyList<Section> Of(Report report)
    {
        var formats = new Formats(report);
        Section?[] sections =
        [
            OverviewSection.Of(report, formats),
            TaskSection.Of(report, formats),
            TransferSection.Of(report, formats),
            LearningSection.Of(report, formats),
            OverTasksSection.Of(report, formats),
            MetricsSection.Of(report, formats),
            ComparisonSection.Of(report, formats),
            WeakSection.Of(report),
            BranchSection.Of(report),
            CostSection.Of(report),
            .. report.Sections,
            SettingsSection.Of(report),
            ObjectivesSection.Of(report),
            report.Facts.Count == 0 ? null : new Section("Run", [], report.Facts, []),
        ];
        return [.. sections.OfType<Section>()];
    }
}
