namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the setting of transfer learning of each variant that states one
/// (<see cref="TransferSettingAttribute"/>).</summary>
internal static class SettingsSection
{
    public static Section? Of(Report report)
    {
        var stated = report.Variants.Select(v => v.Info).Where(i => i.Setting is not null).ToList();
        return stated.Count == 0 ? null : new Section(
            "Transfer settings",
            [
                new Table(
                    ["variant", "composition", "setting", "related area", "source labels", "target labels"],
                    6,
                    [.. stated.Select(i => new Row([i.Name, i.Composition, .. Words(i.Setting!.Value).Select(w => (Cell)w)]))]),
            ],
            ["The settings are those of Pan and Yang (2010), as stated in the declaration and checked with the data."],
            []);
    }

    private static string[] Words(TransferKind kind) => kind switch
    {
        TransferKind.MultiTask => ["inductive", "multi-task learning", "available", "available"],
        TransferKind.SelfTaught => ["inductive", "self-taught learning", "unavailable", "available"],
        TransferKind.Transductive => ["transductive", "domain adaptation", "available", "unavailable"],
        _ => ["unsupervised", "clustering, reduction of dimensions", "unavailable", "unavailable"],
    };
}
