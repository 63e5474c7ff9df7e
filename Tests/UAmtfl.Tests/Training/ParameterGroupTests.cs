using UAmtfl.Descriptors;
using UAmtfl.Experiments.Mnist;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

public sealed class ParameterGroupTests
{
    public static TheoryData<string> Variants => [.. MnistImbalanced.Descriptor.Variants.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    public void EachParameterOfTheNetworkIsInExactlyOneGroup(string name)
    {
        using var scope = NewDisposeScope();
        var settings = new Settings(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build().GetSection(name));
        using var variant = (
            (BoundNetwork)MnistImbalanced.Descriptor.Variants.First(v => v.Name == name).Bind(settings)).Create(full(10, 100f));
        var grouped = variant.Groups.SelectMany(g => g.Parameters).Select(p => p.Handle).ToList();

        Assert.Equal(grouped.Count, grouped.Distinct().Count());
        Assert.Equal(variant.Network.parameters().Select(p => p.Handle).Order(), grouped.Order());
        Assert.True(grouped.Count >= 8, $"{grouped.Count} parameters");
    }
}
