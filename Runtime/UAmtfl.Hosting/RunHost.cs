using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>Composes the generic host of one run, and runs it.</summary>
internal static class RunHost
{
    /// <summary>Runs an experiment.</summary>
    /// <param name="context">The program.</param>
    /// <param name="options">What to run.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UAmtflException">The configuration is wrong.</exception>
    public static async Task<int> RunAsync(ProgramContext context, RunOptions options)
    {
        // Without the defaults: settings come from our sources only, and nothing but our lines goes to the console.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = options.Environment });
        builder.Configuration.Sources.Clear();
        RunConfiguration.Add(builder.Configuration, AppContext.BaseDirectory, options.Environment, context.Settings);

        context.Configure(builder.Services);
        builder.Services.AddSingleton(context).AddSingleton(options);
        builder.Services.AddSingleton<SignalLifetime>();
        builder.Services.AddSingleton<IHostLifetime>(services => services.GetRequiredService<SignalLifetime>());
        builder.Services.AddSingleton<RunService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunService>());

        // Workers are stopped and the report is written while the host waits.
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMinutes(5));
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<RunService>();
        await host.RunAsync().ConfigureAwait(false);
        return service.ExitCode;
    }
}
