namespace Sluice.Api.Actions;

/// <summary>Marks mutations, so that the API's document shows their <c>Idempotency-Key</c>.</summary>
internal sealed class ActionMetadata
{
    public static readonly ActionMetadata Instance = new();
}
