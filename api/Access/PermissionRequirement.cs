using Microsoft.AspNetCore.Authorization;

namespace Sluice.Api.Access;

/// <summary>An endpoint's permission, checked before the body is read.</summary>
internal sealed class PermissionRequirement(Permission permission)
    : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
