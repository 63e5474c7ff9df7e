using System.CommandLine;
using Spectre.Console;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary><c>list</c>: which experiments there are, and what of.</summary>
internal static class ListVerb
{
    /// <summary>The verb.</summary>
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

    /// <summary>Writes the list as plain text, aligned; a table would be wrapped where it is piped.</summary>
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
