using Microsoft.Extensions.DependencyInjection;

namespace UAmtfl.Hosting;

/// <summary>Registers experiments with the host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers one experiment. The generator's <c>AddExperiments</c> calls this for each class with <see cref="ExperimentAttribute"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddExperiment(this IServiceCollection services, ExperimentDescriptor experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return services.AddSingleton(experiment);
    }
}
