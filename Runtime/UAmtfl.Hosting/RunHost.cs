using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UAmtfl.Hosting;

/// <summary>Composes and runs the generic host of one run.</summary>
internal static class RunHost
{
    /// <summary>Runs an experiment in a generic host.</summary>
    /// <param name="context">The program.</param>
    /// <param name="options">The options of the run.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UAmtflException">The configuration is wrong.</exception>
    public static async Task<int> RunAsync(ProgramContext context, RunOptions options)
    {
        // The defaults are disabled, so that settings come only from this program's sources and nothing else writes to the console.
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = options.Environment });
        builder.Configuration.Sources.Clear();
        RunConfiguration.Add(builder.Configuration, AppContext.BaseDirectory, options.Environment, context.Settings);

        context.Configure(builder.Services);
        builder.Services.AddSingleton(context).AddSingleton(options);
        builder.Services.AddSingleton<SignalLifetime>();
        builder.Services.AddSingleton<IHostLifetime>(services => services.GetRequiredService<SignalLifetime>());
        builder.Services.AddSingleton<RunService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunService>());

        // The host must wait while workers are stopped and the report is written.
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMinutes(5));
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<RunService>();
        await host.RunAsync().ConfigureAwait(false);
        return service.ExitCode;
    }
}
