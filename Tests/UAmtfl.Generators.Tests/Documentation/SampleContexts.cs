using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Documentation;

/// <summary>The code around samples that are not whole files.</summary>
/// <param name="Text">The code, with <c>$sample$</c> in the place of the sample.</param>
/// <param name="Files">The additional files of the project.</param>
internal sealed record SampleContext(string Text, params (string Path, string Text)[] Files)
{
    /// <summary>The errors of the compiler that follow from the broken rule, because the generator writes no code that the sample
    /// names.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];
}

/// <summary>The contexts that comments of the documentation name. They declare what a sample uses and the page describes in
/// words.</summary>
internal static class SampleContexts
{
    /// <summary>The namespaces that the samples of rule pages need beside those of implicit usings.</summary>
    public static readonly string[] UsingsOfRules =
        ["using TorchSharp;", "using static TorchSharp.torch;", "using UAmtfl.Data;", "using UAmtfl.Weighting;"];

    /// <summary>The data sets and records that samples name, in a namespace that the samples use.</summary>
    public const string Lab = """
        namespace Lab;

        using UAmtfl.Data;

        public class Toy : IDataset { public Splits Load(DataRequest request) => throw new NotSupportedException(); }
        public sealed class Mnist : Toy;
        public sealed class Drugs : Toy;
        public sealed class Pupils : Toy;
        public sealed class ImbalancedMnist : Toy;
        public sealed class Schools : Toy, IPerTaskDataset;
        public sealed record Relation(string Text);
        public sealed class Relations : Toy, IRecordDataset<Relation>;
        public sealed record Name(string Text);
        public sealed class Names : Toy, IRecordDataset<Name>;
        public sealed class Reports : Toy;
        """;

    private const string Experiment = """
        [Experiment("study"), Dataset<Toy>]
        public static partial class Study
        {
            $sample$
            …
        }
        """;

    private const string WeakLabels = """
        [Experiment("study"), Dataset<Toy>, Source("a"), Source("b"), Source("c")]
        public static partial class Study
        {
            [HardSharing, WeakLabels] public partial class Weak;
            $sample$
            …
        }
        """;

    private static readonly Dictionary<string, SampleContext> Named = new()
    {
        ["file"] = new("$sample$"),
        ["tasks T"] = Members("public enum T { [Binary] Focus, [Regression] Dose, [Classification(3)] Stage }"),
        ["rain below a hierarchy"] = new("""
            [Experiment("study"), Dataset<Relations>, Source("a"), Source("b"), Source("c")]
            public static partial class Study
            {
                [Hierarchy] public enum Entity { Person, Organisation }
                [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
                public enum Weather { [Binary] Rain }
                [HardSharing, WeakLabels] public partial class Weak;
                $sample$
                …
            }
            """),
        ["weather"] = new("""
            public sealed record Report(string Text);
            public sealed class Reports : Toy, IRecordDataset<Report>;
            [Experiment("study"), Dataset<Reports>]
            public static partial class Study
            {
                [Hierarchy] public enum Entity { Person, Organisation }
                public enum Weather { [Binary] Rain, [Classification(3)] Sky }
                [HardSharing, WeakLabels] public partial class Weak;
                $sample$
                …
            }
            """),
        ["weak labels"] = new(WeakLabels),
        ["too many weak labels"] = new(WeakLabels) { Follows = ["CS1061"] },
        ["digits"] = new("""
            [Experiment("digits"), Dataset<Mnist>]
            public static partial class Digits
            {
                [PreTraining, HardSharing] public partial class Pre;
                [HardSharing, StartFrom(nameof(Pre))] public partial class Mtl;
                …
            }
            """ + Experiment),
        ["drugs"] = new("$sample$", ("/lab/drugs.tasks.txt", "Erlotinib\nRapamycin\n"), ("/lab/drugs.txt", "Erlotinib\nRapamycin\n")),
        ["patients.csv of the tutorial"] = new(
            "$sample$",
            ("/lab/patients.csv", File.ReadAllText(
                Path.Combine(Repository.Root, "Runtime/UAmtfl.Templates/content/uamtfl/Mine/patients.csv")))),
        ["patients.csv below"] = new("$sample$", ("/lab/patients.csv", Table("docs/data.md", "patient,"))),
        ["relapse and days"] = Columns("age,relapse,days in hospital\n50,yes,8.5\n60,no,2\n"),
        ["stage and arm"] = Columns("age,stage,arm\n50,I,low\n60,II,high\n40,III,placebo\n"),
        ["age, sex and relapse"] = new("$sample$", ("/lab/patients.csv", "age,sex,relapse\n50,m,yes\n60,f,no\n")),
        ["schools"] = new("$sample$", ("/lab/schools.csv", "school,hours,mark\nnorth,1,5\nsouth,2,6\n")),
        ["Load"] = new("""
            public sealed class Own : IDataset
            {
                public Splits Load(DataRequest request)
                {
                    Samples train = new(zeros(6, 70), zeros(6, 3)), validation = train, test = train;
                    $sample$
                }
            }
            """),
        ["members of Pupils"] = new("""
            public sealed class Pupils : IDataset
            {
                $sample$
                private static Samples Rows(CsvFile table, string split) => throw new NotSupportedException($"{table.Count} {split}");
            }
            """),
        ["files of names"] = new("""
            using static NameFiles;
            $sample$
            public static class NameFiles
            {
                public static Name[] ReadNames(DataRequest request) => [new($"{request.Seed}")];
                public static Tensor Inputs(Name[] names) => zeros(names.Length, 300);
                public static Tensor Votes(Name[] names) => zeros(names.Length, 3, 3);
                public static Samples Labelled(DataRequest request, string split) => throw new NotSupportedException($"{request} {split}");
            }
            """),
        ["MnistImbalanced"] = new($$"""
            using static TorchSharp.torch;
            Tensor images = zeros(2, 1, 28, 28), labels = zeros(2, 10), counts = ones(10);
            $sample$
            {{Declaring("README.md", "class MnistImbalanced")}}
            """),
        ["a program with MnistImbalanced"] = new("$sample$\n" + Declaring("README.md", "class MnistImbalanced")),
        ["a linear model"] = new("""
            using TorchSharp;
            using UAmtfl.Cells;
            using UAmtfl.Data;
            var experiment = ExamSchools.Descriptor;
            var data = CellData.Load(experiment, new DataRequest(null, Seed: 1), torch.CPU);
            $sample$
            [Experiment("exam"), Dataset<Toy>]
            public static partial class ExamSchools
            {
                [Regression] public enum School { North, South }
                [Input(4)] public partial class Raw;
                [Ridge] public partial class Stl;
            }
            """),
        ["a program with experiments"] = new("""
            using UAmtfl.Hosting;
            using Microsoft.Extensions.DependencyInjection;
            $sample$
            [Experiment("schools"), Dataset<Schools>] public static partial class SchoolStudy { … }
            public static class OfOtherAssemblies
            {
                public static IServiceCollection AddLabStudiesExperiments(this IServiceCollection services) => services;
            }
            """),
        ["OpenTelemetry"] = new("""
            using UAmtfl.Hosting;
            using Microsoft.Extensions.DependencyInjection;
            $sample$
            [Experiment("schools"), Dataset<Schools>] public static partial class SchoolStudy { … }
            public interface IOpenTelemetryBuilder { IServiceCollection Services { get; } }
            public sealed class MeterProviderBuilder;
            public sealed class TracerProviderBuilder;
            public static class OpenTelemetry
            {
                public static IOpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection all) => throw new NotSupportedException();
                public static IOpenTelemetryBuilder WithMetrics(this IOpenTelemetryBuilder all, Action<MeterProviderBuilder> set) => all;
                public static IOpenTelemetryBuilder WithTracing(this IOpenTelemetryBuilder all, Action<TracerProviderBuilder> set) => all;
                public static MeterProviderBuilder AddMeter(this MeterProviderBuilder meters, params string[] names) => meters;
                public static MeterProviderBuilder AddOtlpExporter(this MeterProviderBuilder meters) => meters;
                public static TracerProviderBuilder AddSource(this TracerProviderBuilder traces, params string[] names) => traces;
                public static TracerProviderBuilder AddOtlpExporter(this TracerProviderBuilder traces) => traces;
            }
            """),
        ["with Agreement"] = new("using static Study;\n$sample$\n" + Inside(Declaring("docs/weighting.md", "class Agreement("))),
        ["with Focused"] = new("using static Study;\n$sample$\n" + Inside(Declaring("docs/language.md", "class Focused("))),
        ["tests of the generator"] = new("""
            using Xunit;
            using UAmtfl.Testing;
            using UAmtfl.Generators.Tests.Support;
            public sealed class Tests
            {
                $sample$
            }
            """),
    };

    /// <summary>The names of the contexts.</summary>
    public static IEnumerable<string> Names => Named.Keys;

    /// <summary>Returns the context that a sample names, or the one that it has by its contents.</summary>
    public static SampleContext Of(Sample sample) =>
        sample.Context is null ? new(sample.Code.Contains("[Experiment(", StringComparison.Ordinal) ? "$sample$" : Experiment)
        : Named.TryGetValue(sample.Context, out var context) ? context
        : throw new Xunit.Sdk.XunitException($"{sample.Page}:{sample.Line}: there is no context '{sample.Context}'");

    private static SampleContext Members(string others) => new(Experiment.Replace("…", $"{others}\n…", StringComparison.Ordinal));

    private static string Inside(string members) => Experiment.Replace("$sample$", members, StringComparison.Ordinal);

    private static SampleContext Columns(string table) => new(
        Experiment.Replace("Dataset<Toy>", "Table(\"patients.csv\", Inputs = [\"age\"])", StringComparison.Ordinal)
            .Replace("…", "[Input(1), Linear(8)] public partial class Net;\n…", StringComparison.Ordinal),
        ("/lab/patients.csv", table));

    private static string Declaring(string page, string type) =>
        Sample.Of(page).First(s => s.Code.Contains(type, StringComparison.Ordinal)).Code;

    /// <summary>Returns the table that a page shows.</summary>
    private static string Table(string page, string start)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
        return text[(text.IndexOf($"```\n{start}", StringComparison.Ordinal) + 4)..].Split("\n```")[0] + "\n";
    }
}
