// Package suite names the release of go-tfe whose own tests are run against a server of ours. The tests travel with the
// module, and are compiled from it as they are.
package suite

import _ "github.com/hashicorp/go-tfe"
