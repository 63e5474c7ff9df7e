using Microsoft.Extensions.DependencyInjection;
using UAmtfl.Data;

namespace UAmtfl.Descriptors;

/// <summary>Registers experiments and data sets with the host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers one experiment. The generator's <c>AddExperiments</c> calls this for each
    /// class with <see cref="ExperimentAttribute"/>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The same services, for further calls.</returns>
    public static IServiceCollection AddExperiment(this IServiceCollection services, ExperimentDescriptor experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return services.AddSingleton(experiment);
    }

    /// <summary>Adds a data set to the catalogue, so that the command <c>data</c> can fetch and check it although no experiment of the
    /// program uses it.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="entry">The data set.</param>
    /// <returns>The same services, for further calls.</returns>
    public static IServiceCollection AddData(this IServiceCollection services, CatalogueEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return services.AddSingleton(entry);
    }
}
