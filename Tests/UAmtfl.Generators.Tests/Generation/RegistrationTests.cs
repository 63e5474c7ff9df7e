using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>A program can register the experiments of several projects.</summary>
public sealed class RegistrationTests
{
    private const string Registration = "UAmtfl.GeneratedExperiments.g.cs";

    private static readonly string Program =
        Declaration.Of(head: """[Experiment("own"), Dataset<Toy>] public static partial class Own""")
            .Replace("namespace Lab;", "namespace Program;");

    /// <summary>Program and library both have a class UAmtfl.GeneratedExperiments, and the code of each sees only its own.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Program\")]\n")]
    public void AProgramRegistersItsOwnExperimentsAndThoseOfALibrary(string visible)
    {
        var library = GeneratorRun.OfProject(
            Declaration.Of().Replace("namespace Lab;", visible + "namespace Lab;"), "Lab.Studies", OutputKind.DynamicallyLinkedLibrary);
        GeneratorRun.AssertNone(library.Problems);
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image).Success);
        var program = GeneratorRun.OfProject(
            Program + """

                internal static class Main
                {
                    private static void Run(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
                        services.AddExperiments().AddLabStudiesExperiments();
                }
                """,
            "Program", OutputKind.DynamicallyLinkedLibrary, MetadataReference.CreateFromImage(image.ToArray()));
        GeneratorRun.AssertNone(program.Problems);
        Assert.Contains("AddExperiment(services, global::Program.Own.Descriptor);", program[Registration]);
        Assert.DoesNotContain("global::Lab.Study", program[Registration]);
    }

    [Theory]
    [InlineData("Lab", "LabRegistration", "AddLabExperiments")]
    [InlineData("lab-2.studies", "Lab2StudiesRegistration", "AddLab2StudiesExperiments")]
    [InlineData("Lab.Experiments", "LabExperimentsRegistration", "AddLabExperiments")]
    [InlineData("Experiments", "ExperimentsRegistration", "AddExperimentsExperiments")]
    [InlineData("3d", "_3dRegistration", "Add_3dExperiments")]
    [InlineData("été", "ÉtéRegistration", "AddÉtéExperiments")]
    [InlineData("+", "_Registration", "Add_Experiments")]
    public void ALibrarysRegistrationHasItsName(string assembly, string type, string method)
    {
        var run = GeneratorRun.OfProject(Declaration.Of(), assembly, OutputKind.DynamicallyLinkedLibrary);
        GeneratorRun.AssertNone(run.Problems);
        Assert.Contains($"public static class {type}\n", run[Registration]);
        Assert.Contains($"IServiceCollection {method}(this ", run[Registration]);
    }

    [Fact]
    public void AProgramHasNoneForOthers()
    {
        var run = GeneratorRun.OfProject(
            Declaration.Of() + "internal static class Entry { private static void Main() { } }", "Lab", OutputKind.ConsoleApplication);
        GeneratorRun.AssertNone(run.Problems);
        Assert.DoesNotContain("public static class", run[Registration]);
    }
}
