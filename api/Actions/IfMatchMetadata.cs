namespace Sluice.Api.Actions;

/// <summary>Marks changes of a resource that take <c>If-Match</c>.</summary>
internal sealed class IfMatchMetadata
{
    public static readonly IfMatchMetadata Instance = new();
}
