// Reads {"old": {STACK: TEMPLATE}, "new": {STACK: TEMPLATE}} from the standard input, and prints for each resource that
// differs what a deployment would do to it: [{"stack", "id", "type", "impact"}]. The impacts are those of the CDK CLI's
// own `cdk diff`, from the specification of CloudFormation's resource types that comes with the package.
const { fullDiff } = require("@aws-cdk/cloudformation-diff");

const { old: before, new: after } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const changes = [];
for (const stack of Object.keys(before)) {
  fullDiff(before[stack], after[stack]).resources.forEachDifference((id, change) =>
    changes.push({ stack, id, type: change.oldResourceType ?? change.newResourceType, impact: change.changeImpact }),
  );
}
console.log(JSON.stringify(changes));
