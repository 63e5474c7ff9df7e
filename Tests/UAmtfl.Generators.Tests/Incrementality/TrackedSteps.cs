using System.Reflection;

namespace UAmtfl.Generators.Tests.Incrementality;

/// <summary>The steps of the pipeline that have names: all of them, so that a new one is tested without a word.</summary>
internal static class TrackedSteps
{
    public static readonly IReadOnlyList<string> Names =
        [
            .. typeof(TrackingNames)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!),
        ];
}
