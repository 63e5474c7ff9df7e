namespace UAmtfl.Generators.Tests.Support;

/// <summary>A correct declaration of an experiment. A test replaces the part that it is about.</summary>
internal static class Declaration
{
    /// <summary>The namespaces of the attributes.</summary>
    public const string Usings = """
        using UAmtfl;
        using UAmtfl.Layers;
        using UAmtfl.Methods;
        using UAmtfl.Weightings;

        """;

    /// <summary>A data set, a weighting and a module of the user's own, which declarations can name.</summary>
    public const string Prelude = Usings + """
        using TorchSharp;
        using UAmtfl.Data;
        using UAmtfl.Weighting;

        namespace Lab;

        public sealed class Toy : IDataset
        {
            public Splits Load(DataRequest request) => throw new System.NotSupportedException();
        }

        public sealed class Rows : IPerTaskDataset
        {
            public Splits Load(DataRequest request) => throw new System.NotSupportedException();
        }

        public class Paragraph
        {
            public bool Holes { get; init; }
        }

        public sealed class Paragraphs : IRecordDataset<Paragraph>
        {
            public Splits Load(DataRequest request) => throw new System.NotSupportedException();
        }

        public sealed class Mean(int tasks) : LossWeighting(tasks)
        {
            public override torch.Tensor forward(torch.Tensor input) => input.mean();
        }

        public sealed class LogCosh : global::UAmtfl.Losses.TaskLoss
        {
            public override torch.Tensor Rows(torch.Tensor outputs, torch.Tensor labels, torch.Tensor? present) =>
                (outputs - labels).cosh().log();
        }

        public sealed class Learnt(int tasks) : LossWeighting(tasks)
        {
            private readonly global::TorchSharp.Modules.Parameter factors = new(torch.ones(tasks));

            public override torch.Tensor forward(torch.Tensor input) => input.dot(factors);
        }

        public sealed class Perceptron() : torch.nn.Module<torch.Tensor, torch.Tensor>("Perceptron")
        {
            public override torch.Tensor forward(torch.Tensor input) => input;
        }


        """;

    public const string Head = """
        [Experiment("toy"), Dataset<Toy>]
        public static partial class Study
        """;

    public const string Tasks = "[Binary] public enum Digit { Zero, One, Two }";
    public const string Trunks = "[Input(4), Linear(8), ReLU] public partial class Mlp;";
    public const string Variants = "[Baseline, HardSharing] public partial class Mtl;";

    /// <summary>Returns the source of the declaration. Its generated files are Lab.Study.g.cs, Lab.Study+Mlp.g.cs and
    /// Lab.Study+Mtl.g.cs.</summary>
    public static string Of(
        string head = Head, string tasks = Tasks, string trunks = Trunks, string variants = Variants, string other = "") =>
        Prelude + Body(head, tasks, trunks, variants, other);

    /// <summary>Returns the declaration without data set and namespace, for a second experiment in the same file.</summary>
    public static string Body(
        string head = Head, string tasks = Tasks, string trunks = Trunks, string variants = Variants, string other = "") =>
        $$"""
        {{head}}
        {
            {{tasks}}

            {{trunks}}

            {{variants}}

            {{other}}
        }

        """;
}
