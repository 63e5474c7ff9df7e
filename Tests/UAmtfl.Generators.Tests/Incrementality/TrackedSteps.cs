using System.Reflection;

namespace UAmtfl.Generators.Tests.Incrementality;

/// <summary>The named steps of the generator's pipeline, found by reflection, so that a new step is tested as well.</summary>
internal static class TrackedSteps
{
    public static readonly IReadOnlyList<string> Names =
        [
            .. typeof(TrackingNames)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!),
        ];
}
