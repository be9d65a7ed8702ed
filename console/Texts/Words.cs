namespace Sluice.WebConsole.Texts;

/// <summary>The words of the API as people read them.</summary>
public static class Words
{
    /// <summary>Returns what set a limit, and who may change it.</summary>
    public static string SourceOf(string source, Language language) => source switch
    {
        "quota" => language["quota, set by the operator"],
        "threshold" => language["account threshold, set by the operator"],
        "plan" => language["plan of the seat"],
        "limit" => language["limit, set by the tenant"],
        "key" => language["limit of the key"],
        _ => source,
    };

    /// <summary>Returns the name of a kind of scope.</summary>
    public static string ScopeOf(string scope, Language language) => scope switch
    {
        "tenant" => language["Tenant"],
        "project" => language["Project"],
        "seat" => language["Seat"],
        "key" => language["Key"],
        _ => scope,
    };

    /// <summary>Returns the name of a kind of period.</summary>
    public static string PeriodOf(string period, Language language) => period switch
    {
        "month" => language["per month"],
        "day" => language["per day"],
        "total" => language["in total"],
        _ => period,
    };
}
