using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A number that is not finite ends the training, or the test, with a line that names it.</summary>
public class NotFiniteTests
{
    /// <summary>A divergence in the last step is found although the losses of an epoch are those before each step; here there is only one
    /// batch.</summary>
    [Theory]
    [InlineData(1e20)]
    [InlineData(1e38)]
    [InlineData(1e200)]
    public void DivergenceInTheLastStepIsSaid(double rate)
    {
        foreach (var variant in Remainder.Descriptor.Variants)
        {
            var message = Assert.Throws<UAmtflException>(
                () => RemainderBatchTests.Train(variant.Name, 20, 20, out _, rate, epochs: 1)).Message;
            Assert.Matches(
                "^(training diverged in epoch 1: the (parameter|buffer) .* is|training diverged in epoch 1: "
                    + "an output on the validation set is|the outputs of task|the errors of task)",
                message);
            Assert.DoesNotContain('\n', message);
        }
    }

    [Fact]
    public void TheFirstParameterOrBufferIsNamed()
    {
        using var network = nn.Sequential(("first", nn.Linear(2, 3)), ("norm", nn.BatchNorm1d(3)));
        Assert.Null(FiniteChecks.Fault(network));
        using (no_grad())
        {
            network.get_buffer("norm.running_var")!.fill_(double.PositiveInfinity);
            Assert.Equal("the buffer norm.running_var", FiniteChecks.Fault(network));
            network.get_parameter("first.bias")![1] = double.NaN;
            Assert.Equal("the parameter first.bias", FiniteChecks.Fault(network));
        }
    }

    [Fact]
    public void ATestWithoutAFiniteResultNamesTheTask()
    {
        var tasks = Fake.Tasks(false, TaskKind.Regression, TaskKind.Binary);
        using var rows = zeros(2, 2);
        using var good = ones(3, 2);
        using var bad = tensor(new float[,] { { 1, 1 }, { 1, float.NaN }, { 1, 1 } });
        EvaluationResult Result(double error, double loss) => new(0.5, [0.5, error], [0.5, loss], rows);
        FiniteChecks.RequireTested(good, Result(double.NaN, 0.5), tasks);
        Assert.StartsWith(
            "the outputs of task Task1 on the test set are not finite; ", Message(bad, Result(0.5, 0.5)), StringComparison.Ordinal);
        Assert.StartsWith(
            "the errors of task Task1 on the test set are not finite; ",
            Message(good, Result(double.PositiveInfinity, 0.5)),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "the errors of task Task1 on the test set are not finite; ",
            Message(good, Result(0.5, double.PositiveInfinity)),
            StringComparison.Ordinal);

        string Message(Tensor outputs, EvaluationResult result) => Assert.Throws<UAmtflException>(
            () => FiniteChecks.RequireTested(outputs, result, tasks)).Message;
    }
}
