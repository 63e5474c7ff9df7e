using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the setting of transfer learning that variants are stated to be in, and checks that it holds.</summary>
internal static class TransferSettingParser
{
    private const string Kind = "kind";

    /// <summary>Returns the variants with their settings. One without an attribute has the experiment's setting, if that holds for
    /// it.</summary>
    /// <param name="experiment">The attributes of the experiment.</param>
    /// <param name="variants">The attributes and the models of the variants; null for one that cannot be read.</param>
    /// <param name="tasks">The tasks.</param>
    public static List<VariantModel?> Set(
        IReadOnlyList<AttributeReader> experiment,
        IReadOnlyList<(IReadOnlyList<AttributeReader> Attributes, VariantModel? Model)> variants,
        TaskSetModel tasks)
    {
        var shared = experiment.Find(WellKnownNames.TransferSetting);
        var of = shared?.Choice(Kind);
        var set = variants.Select(v => v.Model is null ? null : v.Model with { Setting = Own(v.Attributes, v.Model, of, tasks) }).ToList();
        if (of is not null && variants.Count > 0 && set.All(v => v is { Setting: null }))
        {
            shared!.Context.Report(Rules.BadSetting, shared.Location, "the experiment", of, Why(of, null, tasks)
                ?? "no variant without a setting of its own is in it; remove [TransferSetting]");
        }

        return set;
    }

    private static string? Own(IReadOnlyList<AttributeReader> attributes, VariantModel variant, string? inherited, TaskSetModel tasks)
    {
        if (attributes.Find(WellKnownNames.TransferSetting) is not { } own || own.Choice(Kind) is not { } kind)
        {
            return inherited is null || Why(inherited, variant, tasks) is not null ? null : inherited;
        }

        if (Why(kind, variant, tasks) is { } why)
        {
            own.Context.Report(Rules.BadSetting, own.Location, $"'{variant.Name}'", kind, why);
        }

        return kind;
    }

    /// <summary>Returns the reason why a setting does not hold for a variant, or for any variant if there is none.</summary>
    private static string? Why(string kind, VariantModel? variant, TaskSetModel tasks) => kind switch
    {
        "Unsupervised" => "every variant learns from labels; name the setting of the labels that it has",
        "Transductive" => "a head learns from labels of its task, so that no task without labels is predicted; "
            + "give the target labels, and state MultiTask",
        "SelfTaught" when variant is not null && variant.Start?.IsFile != true => "its source has labels, or there is none; "
            + "start from a file that was made without labels, [StartFrom(\"….safetensors\")]",
        "MultiTask" when variant is not null && !Transfers(variant, tasks) => "nothing is transferred between tasks; "
            + "share a network among several tasks, or start from one that has learnt others",
        _ => null,
    };

    private static bool Transfers(VariantModel variant, TaskSetModel tasks) => variant.Start is not null
        || (MethodCatalogue.SchemeOf(variant) is { Solver: not { SeparatesTasks: true }, Architecture: not { SeparatesTasks: true } }
            && (variant.TrainedOn.Count == 0 ? tasks.Count : variant.TrainedOn.Count) > 1);
}
