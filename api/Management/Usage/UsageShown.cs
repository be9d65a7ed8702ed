using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary>Checks which usage a caller may be shown.</summary>
internal static class UsageShown
{
    /// <summary>
    /// Returns a query for the part that a caller may see, or why the requested usage may not be shown at all: only
    /// callers who see all usage may see who used which model.
    /// </summary>
    public static Result<UsageQuery> To(Caller caller, UsageQuery asked)
    {
        if (!caller.SeesAll && asked.ProjectId is { } project && !caller.Projects.ContainsKey(project))
            return new Error.NotFound("project");
        var isOfAll = asked.Member is not null || asked.Model is not null
            || asked.GroupBy.Any(static group => group is UsageGroup.Member or UsageGroup.Model);
        return isOfAll && !caller.Has(Permission.ReadUsageOfAll)
            ? new Error.Forbidden(AccessRules.MissingText(Permission.ReadUsageOfAll))
            : asked with { Visibility = caller.Visibility };
    }
}
