using Microsoft.AspNetCore.Authorization;

namespace Sluice.Api.Access;

/// <summary>An endpoint's permission. Checked before the body is looked at.</summary>
internal sealed class PermissionRequirement(Permission permission) : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
