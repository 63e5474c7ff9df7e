namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the objective of each variant on one line, as in its generated file.</summary>
internal static class ObjectivesSection
{
    public static Section? Of(Report report)
    {
        var lines = report.Variants.Where(v => v.Info.Objective.Length > 0).Select(v => $"{v.Info.Name}: {v.Info.Objective}").ToList();
        return lines.Count == 0 ? null : new Section("Objectives", [], lines, []);
    }
}
