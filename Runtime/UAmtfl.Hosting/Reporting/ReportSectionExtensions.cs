using Microsoft.Extensions.DependencyInjection;
using UAmtfl.Descriptors;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Lets a study add sections of its own to the reports of its runs.</summary>
public static class ReportSectionExtensions
{
    /// <summary>Adds a section to the reports of an experiment, which <c>run</c> and <c>report</c> then print and write into
    /// <c>report.md</c> and <c>report.json</c>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="experiment">The experiment, which is the generated <c>Descriptor</c> of its class.</param>
    /// <param name="make">Makes the section from the computed report and the finished cells with everything that they stored; it returns
    /// null for no section. If it throws, the report is made without the section and a line says why.</param>
    /// <returns>The same services, for further calls.</returns>
    public static IServiceCollection AddReportSection(
        this IServiceCollection services, ExperimentDescriptor experiment, Func<Report, RunResults, Section?> make)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(make);
        return services.AddSingleton(new StudySection(experiment.Name, make));
    }
}

/// <summary>A section that a study has registered.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Make">Makes the section from the report and the results; it returns null for no section.</param>
internal sealed record StudySection(string Experiment, Func<Report, RunResults, Section?> Make);
