using UAmtfl.Descriptors;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>A program can register the experiments of several projects.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void AnExperimentThatIsRegisteredTwiceCountsOnce()
    {
        var experiment = Fake.Experiment();
        Assert.Equal([experiment], Registering(experiment, experiment).Experiments());
    }

    [Fact]
    public void TwoExperimentsOfOneNameAreRefused()
    {
        var refused = Assert.Throws<UAmtflException>(() =>
            Registering(
                Fake.Experiment() with { GeneratedFiles = ["Lab.Study.g.cs"] },
                Fake.Experiment() with { GeneratedFiles = ["Lib.Study.g.cs"] }).Experiments());
        Assert.Equal("the experiment 'mnist' is declared by Lab.Study and by Lib.Study; give one another name", refused.Message);
    }

    private static ProgramContext Registering(params ExperimentDescriptor[] experiments) => Fake.Context(TextWriter.Null) with
    {
        Configure = services =>
        {
            foreach (var experiment in experiments)
            {
                services.AddExperiment(experiment);
            }
        },
    };
}
