namespace Sluice.Api.Wire;

/// <summary>The API's words for the domain's enumerations: each is the member's name in lower case.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
