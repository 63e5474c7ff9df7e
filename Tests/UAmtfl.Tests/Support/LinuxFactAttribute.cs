namespace UAmtfl.Tests.Support;

/// <summary>A fact that only runs on Linux, because what it tests does nothing elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "the targets change nothing on other systems";
        }
    }
}
