using Microsoft.Extensions.DependencyInjection;

namespace UAmtfl.Hosting;

/// <summary>Registers experiments with the host.</summary>
public static class ExperimentServices
{
    /// <summary>Adds one experiment. Generated code calls it for each class with [Experiment].</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="experiment">The experiment.</param>
    public static IServiceCollection AddExperiment(this IServiceCollection services, ExperimentDescriptor experiment) => services.AddSingleton(experiment);
}
