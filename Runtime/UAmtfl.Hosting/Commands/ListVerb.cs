using System.CommandLine;
using Spectre.Console;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>list</c>, which lists the experiments and their variants.</summary>
internal static class ListVerb
{
    /// <summary>Creates the verb <c>list</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var command = new Command("list", "Lists the experiments and their variants.");
        command.SetAction(_ =>
        {
            context.RefuseSettings("list");
            Print(context.Experiments(), context.Console.Profile.Out.Writer);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Writes the list as aligned plain text, because a table would be wrapped when it is piped.</summary>
    public static void Print(IReadOnlyList<ExperimentDescriptor> experiments, TextWriter writer)
    {
        foreach (var experiment in experiments)
        {
            writer.WriteLine($"{experiment.Name}: {experiment.Title}");
            var width = experiment.Variants.Select(v => v.Name.Length).DefaultIfEmpty().Max();
            foreach (var variant in experiment.Variants)
            {
                writer.WriteLine($"  {variant.Name.PadRight(width)}  {variant.Composition}{Remarks(variant)}");
            }
        }
    }

    private static string Remarks(VariantDescriptor variant)
    {
        var role = variant.Role == VariantRole.Method ? "" : $" [{variant.Role.ToString().ToLowerInvariant()}]";
        return variant.OnRequest ? $"{role} [on request]" : role;
    }
}
