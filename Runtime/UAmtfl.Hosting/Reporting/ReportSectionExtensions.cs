using Microsoft.Extensions.DependencyInjection;
using UAmtfl.Descriptors;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Lets a study add sections of its own to the reports of its runs.</summary>
public static class ReportSectionExtensions
{
    /// <summary>Adds a section to the reports of an experiment, which <c>run</c> and <c>report</c> then print and write into
    /// <c>report.md</c> and <c>report.json</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="experiment">The experiment: the generated <c>Descriptor</c> of its class.</param>
    /// <param name="make">Makes the section of the computed report and of the finished cells with what they stored; null for no section.
    /// What it throws is said in a line, and the report is made without the section.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddReportSection(
        this IServiceCollection services, ExperimentDescriptor experiment, Func<Report, RunResults, Section?> make)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(make);
        return services.AddSingleton(new StudySection(experiment.Name, make));
    }
}

/// <summary>A section that a study has registered.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Make">Makes the section.</param>
internal sealed record StudySection(string Experiment, Func<Report, RunResults, Section?> Make);
