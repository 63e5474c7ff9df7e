using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace UAmtfl.Models;

/// <summary>A variant whose trained models a program can load. The generator writes the implementation.</summary>
public interface ITrainedVariant
{
    /// <summary>Registers a trained model with a program's services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The folder of a finished cell, or the <c>model.safetensors</c> in it.</param>
    static abstract void Register(IServiceCollection services, string path);
}

/// <summary>A variant whose trained models a program can load, with the type of its predictions.</summary>
/// <typeparam name="TVariant">The variant itself.</typeparam>
/// <typeparam name="TPrediction">The predictions of its experiment.</typeparam>
public interface ITrainedVariant<TVariant, TPrediction> : ITrainedVariant
    where TVariant : ITrainedVariant<TVariant, TPrediction>
    where TPrediction : TypedPrediction, new()
{
    /// <summary>Loads a trained model of the variant.</summary>
    /// <param name="path">The folder of a finished cell, such as <c>runs/20260102-030405-study/cells/Net-1</c>, or the
    /// <c>model.safetensors</c> in it.</param>
    /// <exception cref="UAmtflException">A file is missing or damaged, or the model does not fit the declaration.</exception>
    static abstract TrainedModel<TPrediction> Load(string path);

    static void ITrainedVariant.Register(IServiceCollection services, string path)
    {
        services.AddKeyedSingleton(typeof(TVariant), (_, _) => TVariant.Load(path));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<TrainedModel<TPrediction>>(typeof(TVariant)));
    }
}

/// <summary>Registers trained models with a program's services.</summary>
public static class TrainedModelServices
{
    /// <summary>Registers the trained model of a variant as a singleton <see cref="TrainedModel{TPrediction}"/>, which is loaded when it
    /// is first asked for. Where several variants of one experiment are registered, the first is the one that a program gets without a
    /// key, and each has the variant's type as its key.</summary>
    /// <typeparam name="TVariant">The variant.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="path">The folder of a finished cell, or the <c>model.safetensors</c> in it.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTrainedModel<TVariant>(this IServiceCollection services, string path)
        where TVariant : ITrainedVariant
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        TVariant.Register(services, path);
        return services;
    }
}
