using System.Text;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes what a run records of each variant's declaration, and the class that was generated from it.</summary>
internal static class HtmlDeclarations
{
    /// <summary>The heading of the section.</summary>
    public const string Heading = "Declarations";

    /// <summary>True if a report has anything for the section.</summary>
    public static bool Has(Report report) => report.Variants.Any(v => v.Info.Declaration is not null);

    public static void Append(StringBuilder text, Report report, string id)
    {
        HtmlSection.Begin(text, Heading, id);
        text.Append("<p>What was trained, as the run recorded it: hyper-parameters, schedule and network of each variant, its ")
            .Append("attributes in C#, and the class that was generated for its objective.</p>\n");
        foreach (var variant in report.Variants.Select(v => v.Info).Where(i => i.Declaration is not null))
        {
            Append(text, variant, variant.Declaration!);
        }

        HtmlSection.End(text);
    }

    private static void Append(StringBuilder text, VariantInfo variant, VariantDeclaration declaration)
    {
        text.Append($"<details><summary>{HtmlText.Of(ChartStyle.Named(variant))}: {HtmlText.Of(variant.Composition)}</summary>\n");
        (string Name, string? Words)[] parts =
        [
            ("Objective", variant.Objective.Length == 0 ? null : variant.Objective),
            ("Hyper-parameters", declaration.HyperParameters.Count == 0
                ? null
                : string.Join(", ", declaration.HyperParameters.Select(h => $"{h.Key} {h.Value}"))),
            ("Schedule", declaration.Schedule), ("Network", declaration.Network),
        ];
        text.AppendList(parts.Where(p => p.Words is not null).Select(p => $"{p.Name}: {p.Words}"));
        AppendCode(text, $"Declaration of {variant.Name}", declaration.Text);
        AppendCode(text, $"Generated objective of {variant.Name}", declaration.Code);
        text.Append("</details>\n");
    }

    private static void AppendCode(StringBuilder text, string label, string code)
    {
        if (code.Length > 0)
        {
            text.Append($"<pre tabindex=\"0\" role=\"region\" aria-label=\"{HtmlText.Of(label)}\"><code>")
                .Append($"{HtmlText.Code(code)}</code></pre>\n");
        }
    }
}
