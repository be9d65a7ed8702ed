namespace Sluice.Api.Wire;

/// <summary>The contract's words for what the domain numbers; each is its name in lower case.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
