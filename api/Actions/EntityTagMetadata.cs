namespace Sluice.Api.Actions;

/// <summary>Marks what answers a resource with its <c>ETag</c>.</summary>
internal sealed class EntityTagMetadata
{
    public static readonly EntityTagMetadata Instance = new();
}
